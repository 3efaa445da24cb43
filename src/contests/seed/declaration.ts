/** What the notice leaves open: the promises that entrants make. Other words need another version. */
export const declaration = {
  version: '2019-2',
  words: {
    zh: [
      '作品由作者本人拍摄，是原创作品，没有侵犯他人的著作权。',
      '画面中可以认出的人同意被拍摄和展示；涉及未成年人的，监护人同意。',
      '作品没有合成、添加或移除画面内容，不由 AI 生成；裁剪和调整明暗、颜色除外。',
      '主办方可为本次比赛和社区公益宣传无偿使用作品，并署作者姓名。',
      '所填内容属实，同意接受主办方核实。姓名和手机号只用于本次比赛，不对评委公开。',
    ],
    en: [
      'The author made the work; it is original and violates nobody’s copyright.',
      'The people who can be recognised in it agree to be photographed and shown; for minors their guardians do.',
      'Nothing was composited, added or removed, and no AI made it; cropping and corrections of light and colour are fine.',
      'The organiser may use the work without payment for this contest and for the communities’ public notices, naming the author.',
      'What is stated is true, and the organiser may check it. Name and phone number are used for this contest only; judges never see them.',
    ],
  },
};

/** What a check means to the entrant, and what to do. {which} names the file. */
export const warningWords = {
  zh: {
    photo: '这张照片',
    video: '这段视频',
    nth: '第 {n} 张',
    tooSmall: '{which}只有 {edge} 像素（长边），建议不小于 {minEdge}。请换更大的原图，否则可能落选。',
    weChat:
      '{which}可能被微信压缩过（{width} × {height}）。如果是，请从相册选原图，或让对方勾选「原图」再发一次；画质不够可能落选。',
    noExif:
      '{which}没有拍摄信息（EXIF），可能是截图或转发的副本。请换上相机或手机里的原文件，评审时更有说服力；没有也可以提交。',
    ownDuplicate: '{which}和您的{work}很像，请确认没有重复投稿。',
    ownWork: '《{title}》',
    ownNumbered: '《{title}》（{number}）',
    untitled: '未命名',
    linkMissing: '还没有抖音链接，请补充：在抖音点「分享 → 复制链接」，把整段文字粘贴进来。',
    linkNoVideo: '粘贴的文字里没有抖音视频的链接，请重新复制后补充。',
    linkTwice: '这个抖音作品和您已投的{work}是同一个，不能重复提交，请换一个链接。',
    otherOfWork: '这件作品可能有问题，主办方会再核对。',
    aiGenerated:
      '{which}的文件里带有「AI 生成」标识{source}，主办方会看到。若是拍摄的作品，请换上相机或手机里的原文件；若确有 AI 参与，请在作品说明里写明。',
    aiEdited:
      '{which}的文件里带有「经 AI 修改」标识{source}，主办方会看到。请换上原文件，或在作品说明里写明改了什么。',
    aiPossible:
      '{which}的文件里带有「可能由 AI 生成」标识{source}，主办方会看到。若是拍摄的作品，请换上相机或手机里的原文件。',
    source: '（{generator}）',
    capturedEarly:
      '{which}的拍摄日期是 {taken}，早于比赛要求的 {limit}。请换一件，或在作品说明里写明真实拍摄时间。',
    capturedLate: '{which}的拍摄日期是 {taken}，晚于 {limit}。请换一件，或在作品说明里写明真实拍摄时间。',
    capturedInFuture:
      '{which}的拍摄日期是 {taken}，比上传时间还晚，可能是相机时钟没调准。请在作品说明里写明真实拍摄时间。',
    soundLost: '{which}的声音无法处理，评委听不到声音。请重新导出为 MP4(H.264 + AAC)后再上传。',
    soundMended: '{which}的声音有损坏，损坏处没有声音。请检查原视频，必要时重新上传。',
    other: '{which}可能有问题，主办方会再核对。',
    heading: '请留意',
    note: '这些只是提示，不影响提交。',
    count: '有 {n} 条提示，点开查看',
  },
  en: {
    photo: 'This photo',
    video: 'This video',
    nth: 'Number {n}',
    tooSmall: '{which} is only {edge} pixels long; {minEdge} or more are advised. Use a larger original.',
    weChat:
      '{which} may have been compressed by WeChat ({width} × {height}). If so, choose the original from your album, or have it sent again with “Original” ticked: it may lose for its quality.',
    noExif:
      '{which} carries no capture data (EXIF): perhaps it is a screenshot or a forwarded copy. The original file from the camera or phone speaks better for it; it can be sent as it is.',
    ownDuplicate: '{which} is very like your {work}. Please make sure it is not entered twice.',
    ownWork: '“{title}”',
    ownNumbered: '“{title}” ({number})',
    untitled: 'untitled',
    linkMissing:
      'The Douyin link is missing: choose Share → Copy link in Douyin and paste the whole text into the form.',
    linkNoVideo: 'The text that you pasted holds no link of a Douyin video. Copy it again and paste it.',
    linkTwice: 'This is the same Douyin video as your {work}: it cannot be entered twice. Give another link.',
    otherOfWork: 'There may be something wrong with this work; the organiser will look at it.',
    aiGenerated:
      '{which} carries a label that says “made by AI”{source}; the organiser sees it. If you took it, use the file from your camera or phone; if AI had a part in it, say so in the story.',
    aiEdited:
      '{which} carries a label that says “changed by AI”{source}; the organiser sees it. Use the original file, or say in the story what was changed.',
    aiPossible:
      '{which} carries a label that says “possibly made by AI”{source}; the organiser sees it. If you took it, use the file from your camera or phone.',
    source: ' ({generator})',
    capturedEarly:
      '{which} was taken on {taken}, before {limit}, the first day that the contest allows. Choose another, or give the true date in the story.',
    capturedLate:
      '{which} was taken on {taken}, after {limit}. Choose another, or give the true date in the story.',
    capturedInFuture:
      '{which} says it was taken on {taken}, later than it was uploaded: the camera’s clock may be wrong. Give the true date in the story.',
    soundLost:
      'The sound of {which} cannot be processed: judges will hear none. Export it as MP4 (H.264 + AAC) and upload again.',
    soundMended:
      'The sound of {which} is damaged, and silent where it is. Check the original; upload it again if need be.',
    other: 'There may be something wrong with {which}; the organiser will look at it.',
    heading: 'Please note',
    note: 'These are hints only; the work counts all the same.',
    count: '{n} hints: open to read',
  },
};

/** What stands where the name, or the title, of somebody stood who gave his account up. The web knows them too. */
export const erasedName = '已注销';
export const erasedTitle = '已注销作品';

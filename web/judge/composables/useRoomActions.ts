import type { Ref } from 'vue';
import { stepIn } from '../model/grid';
import type { Action } from '../model/keys';
import { FIT } from '../model/zoom';
import type { Compare } from './useCompare';
import type { Marking } from './useMarking';
import { toggleFullscreen } from './fullscreen';
import type { Room, View } from './useRoom';

interface Parts {
  room: Room;
  marking: Marking;
  compare: Compare;
  show(view: View): void;
  columns: Ref<number>;
  help(): void;
  abstain(): void;
}

/** What each key does in the room. Tells whether it did anything: if not, the key stays the browser's. */
export function useRoomActions({ room, marking, compare, show, columns, help, abstain }: Parts) {
  const inGrid = () => room.view.value === 'grid';

  function move(direction: 1 | -1): void {
    marking.leave();
    if (room.view.value === 'compare') compare.step(direction);
    else room.step(direction);
  }

  function vertical(direction: 1 | -1): void {
    if (inGrid()) room.select(stepIn(room.records.length, room.index.value, direction * columns.value));
    else turn(direction);
  }

  /** Another picture of the series. */
  function turn(direction: 1 | -1): void {
    const count = room.current.value?.work.media.length ?? 0;
    room.mediaIndex.value = stepIn(count, room.mediaIndex.value, direction);
  }

  function jump(index: number): void {
    marking.leave();
    room.select(index);
  }

  function tab(): boolean {
    if (inGrid()) return false;
    if (marking.hasPending()) {
      marking.enter();
      return true;
    }
    if (document.activeElement !== document.body) return false;
    const fields = document.querySelectorAll<HTMLInputElement>('[data-mark]');
    const next = fields[Math.min(marking.focused.value + 1, fields.length - 1)];
    next?.focus();
    return next !== undefined;
  }

  function escape(): boolean {
    if (marking.hasPending()) {
      marking.drop();
      return true;
    }
    if (document.activeElement instanceof HTMLElement && document.activeElement !== document.body) {
      document.activeElement.blur();
      return true;
    }
    if (room.view.value === 'compare' && compare.zoom.value.level > 1) compare.zoom.value = FIT;
    else if (!inGrid()) show(room.view.value === 'compare' ? 'single' : 'grid');
    return true;
  }

  function frame(delta: 1 | -1): boolean {
    if (!room.stage.value?.frame) return false;
    room.stage.value.frame(delta);
    return true;
  }

  return (action: Action): boolean => {
    switch (action.do) {
      case 'previous':
        move(-1);
        return true;
      case 'next':
        move(1);
        return true;
      case 'up':
        vertical(-1);
        return true;
      case 'down':
        vertical(1);
        return true;
      case 'first':
        jump(0);
        return true;
      case 'last':
        jump(room.records.length - 1);
        return true;
      case 'media-previous':
        turn(-1);
        return true;
      case 'media-next':
        turn(1);
        return true;
      case 'digit':
        return !inGrid() && marking.type(action.char);
      case 'enter':
        if (inGrid()) show('single');
        else marking.enter();
        return true;
      case 'tab':
        return tab();
      case 'tab-back':
        marking.leave();
        return false;
      case 'clear':
        if (!inGrid()) marking.clear();
        return true;
      case 'undo':
        marking.undo();
        return true;
      case 'escape':
        return escape();
      case 'next-unscored':
        marking.leave();
        room.selectNext((record) => !room.judged(record));
        return true;
      case 'next-flagged':
        marking.leave();
        room.selectNext((record) => room.isFlagged(record.taskId));
        return true;
      case 'zoom':
        room.stage.value?.zoom();
        return true;
      case 'fullscreen':
        toggleFullscreen();
        return true;
      case 'grid':
      case 'single':
      case 'compare':
        show(action.do);
        return true;
      case 'flag':
        if (room.current.value) room.toggleFlag(room.current.value.taskId);
        return true;
      case 'surround':
        room.preferences.surround =
          room.preferences.surround === 2 ? 0 : room.preferences.surround === 1 ? 2 : 1;
        return true;
      case 'abstain':
        abstain();
        return true;
      case 'help':
        help();
        return true;
      case 'frame-forward':
        return (marking.hasPending() && marking.type('.')) || frame(1);
      case 'frame-back':
        return frame(-1);
    }
  };
}

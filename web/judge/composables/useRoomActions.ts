import type { Ref } from 'vue';
import { stepIn } from '../model/grid';
import type { Action } from '../model/keys';
import { FIT } from '../model/zoom';
import type { Compare } from './useCompare';
import type { Marking } from './useMarking';
import { toggleFullscreen } from './fullscreen';
import type { Room, View, WorkRecord } from './useRoom';

interface Parts {
  room: Room;
  marking: Marking;
  compare: Compare;
  show(view: View): void;
  columns: Ref<number>;
  open(dialog: Dialog): void;
  /** There is no work of the kind that was asked for. */
  say(): void;
}

export type Dialog = 'help' | 'abstain' | 'flag' | 'instructions' | 'statistics';

/** How far one press of + zooms, and one of an arrow moves the frame. */
const ZOOM_STEP = 1.4;
const PAN_STEP = 0.25;

/** What each key does in the room. Tells whether it did anything: if not, the key stays the browser's. */
export function useRoomActions({ room, marking, compare, show, columns, open, say }: Parts) {
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

  /** Shift and an arrow: over a zoomed picture; between panes where there are several. */
  function shifted(x: -1 | 0 | 1, y: -1 | 0 | 1): boolean {
    if (room.stage.value?.pan?.(x * PAN_STEP, y * PAN_STEP)) return true;
    if (room.view.value !== 'compare' || x === 0) return false;
    marking.leave();
    compare.activate(stepIn(compare.panes.value.length, compare.active.value, x));
    return true;
  }

  function next(wanted: (record: WorkRecord) => boolean): void {
    marking.leave();
    if (!room.selectNext(wanted)) say();
  }

  function focusNote(): boolean {
    const note = document.querySelector<HTMLElement>('[data-note]');
    note?.focus();
    return note !== null;
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
        next((record) => !room.judged(record));
        return true;
      case 'next-flagged':
        next((record) => record.remarks.flagReason !== '');
        return true;
      case 'next-favourite':
        next((record) => record.remarks.favourite);
        return true;
      case 'pass':
        marking.decide(1);
        return true;
      case 'fail':
        marking.decide(0);
        return true;
      case 'unmark':
        marking.decide(null);
        return true;
      case 'zoom':
        room.stage.value?.zoom();
        return true;
      case 'fullscreen':
        toggleFullscreen();
        return true;
      case 'compare':
        // Once more: one more work beside the others, and after the fourth two again.
        if (room.view.value === 'compare') compare.cycle();
        else show('compare');
        return true;
      case 'grid':
      case 'single':
        show(action.do);
        return true;
      case 'favourite':
        if (room.current.value) {
          room.remark(room.current.value, { favourite: !room.current.value.remarks.favourite });
        }
        return true;
      case 'note':
        return focusNote();
      case 'surround':
        room.turnSurround();
        return true;
      case 'help':
      case 'flag':
      case 'abstain':
      case 'instructions':
      case 'statistics':
        open(action.do);
        return true;
      case 'zoom-in':
        room.stage.value?.zoomBy?.(ZOOM_STEP);
        return true;
      case 'zoom-out':
        room.stage.value?.zoomBy?.(1 / ZOOM_STEP);
        return true;
      case 'pan-left':
        return shifted(-1, 0);
      case 'pan-right':
        return shifted(1, 0);
      case 'pan-up':
        return shifted(0, -1);
      case 'pan-down':
        return shifted(0, 1);
      case 'slower':
        room.stage.value?.speed?.(-1);
        return true;
      case 'faster':
        room.stage.value?.speed?.(1);
        return true;
      case 'mute':
        room.stage.value?.mute?.();
        return true;
      case 'frame-forward':
        return (marking.hasPending() && marking.type('.')) || frame(1);
      case 'frame-back':
        return frame(-1);
    }
  };
}

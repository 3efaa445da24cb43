import { inject, provide, watchEffect, type InjectionKey } from 'vue';
import { PictureCache } from '../model/picture-cache';
import type { TaskMedia } from '../model/types';
import type { Room } from './useRoom';

/** About 12 MB each when decoded: enough for a look back, little enough for a tablet. */
const KEEP = 12;
const AHEAD = 3;
/** Of whole size, up to 65 megapixels each: as many as there are panes. */
const KEEP_WHOLE = 4;

export type Pictures = PictureCache<HTMLImageElement>;
const PICTURES: InjectionKey<Pictures> = Symbol('decoded pictures');
const WHOLE_PICTURES: InjectionKey<Pictures> = Symbol('decoded pictures of whole size');

/** The large rendition of a photo, the poster of a film. */
export const largeUrl = (media: TaskMedia): string | undefined =>
  media.kind === 'video'
    ? (media.links.poster ?? media.links.preview)
    : (media.links.preview ?? media.links.thumb);

/** Decodes ahead: what is on the stage first, then the next three works, the one before, and the series' neighbours. */
export function providePictures(room: Room): void {
  const cache: Pictures = new PictureCache(load, KEEP);
  provide(PICTURES, cache);
  provide(WHOLE_PICTURES, new PictureCache(load, KEEP_WHOLE));
  watchEffect(() => {
    // The panes of a comparison load what they show: nothing of it may be stopped in favour of a neighbour.
    if (room.view.value !== 'single') return;
    const own = room.current.value?.work.media ?? [];
    const at = room.mediaIndex.value;
    const ahead = Array.from({ length: AHEAD }, (_, step) => first(room, room.index.value + 1 + step));
    const media = [
      own[at],
      ...ahead.slice(0, 1),
      own[at + 1],
      ...ahead.slice(1),
      first(room, room.index.value - 1),
      own[at + 2],
      own[at - 1],
    ];
    cache.want(media.flatMap((each) => (each ? (largeUrl(each) ?? []) : [])));
  });
}

export const usePictures = (): Pictures => injected(PICTURES);
export const useWholePictures = (): Pictures => injected(WHOLE_PICTURES);

function injected(key: InjectionKey<Pictures>): Pictures {
  const cache = inject(key);
  if (!cache) throw new Error('pictures outside of the dark room');
  return cache;
}

function first(room: Room, index: number): TaskMedia | undefined {
  const record = room.records[index];
  return record?.recused ? undefined : record?.work.media[0];
}

function load(url: string, urgent: boolean) {
  const image = new Image();
  image.decoding = 'async';
  image.draggable = false;
  image.setAttribute('fetchpriority', urgent ? 'high' : 'low');
  image.src = url;
  return {
    done: image.decode().then(() => image),
    abort: () => image.removeAttribute('src'),
  };
}

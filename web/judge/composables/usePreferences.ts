import { reactive, watch } from 'vue';

/** What a judge arranged for one round on this device: nothing of it is a score, nothing of it is sent. */
export interface Preferences {
  /** Works marked 待议, by task. */
  flagged: string[];
  autoAdvance: boolean;
  /** 0 room, 1 grey, 2 light grey around the picture. */
  surround: 0 | 1 | 2;
  /** Where the judge was. */
  lastTask: string | null;
  lastView: 'grid' | 'single';
}

const FRESH: Preferences = { flagged: [], autoAdvance: true, surround: 0, lastTask: null, lastView: 'grid' };

/** Kept in localStorage per account and round; without storage they last as long as the page. */
export function usePreferences(room: string): Preferences {
  const key = `${room}.preferences`;
  const preferences = reactive<Preferences>({ ...FRESH, ...stored(key) });
  watch(
    preferences,
    () => {
      try {
        localStorage.setItem(key, JSON.stringify(preferences));
      } catch {
        // Full or forbidden: a preference is not worth a message.
      }
    },
    { deep: true },
  );
  return preferences;
}

function stored(key: string): Partial<Preferences> {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Preferences>;
  } catch {
    return {};
  }
}

import { reactive, watch } from 'vue';
import { storedKeys } from '../stored-keys';

/** What a judge arranged for one round on this device: nothing of it is a score, nothing of it is sent. */
export interface Preferences {
  autoAdvance: boolean;
  /** 0 room, 1 grey, 2 light grey around the picture. */
  surround: 0 | 1 | 2;
  /** Where the judge was. */
  lastTask: string | null;
  lastView: 'grid' | 'single';
  /** The instructions that were read; others are shown again. */
  readInstructions: string;
}

const FRESH: Preferences = {
  autoAdvance: true,
  surround: 0,
  lastTask: null,
  lastView: 'grid',
  readInstructions: '',
};

const PREFIX = 'dingge.judge.';

/** What this device keeps of a judge's round begins with this. */
export const roomKey = (accountId: string, roundId: string): string => `${PREFIX}${accountId}.${roundId}`;

/** Kept in localStorage per account and round; without storage they last as long as the page. */
export function usePreferences(room: string): Preferences {
  const preferences = reactive<Preferences>(stored(keyOf(room)));
  watch(
    preferences,
    () => {
      try {
        localStorage.setItem(keyOf(room), JSON.stringify(preferences));
      } catch {
        // Full or forbidden: a preference is not worth a message.
      }
    },
    { deep: true },
  );
  return preferences;
}

/** Where somebody was in this round on this device; who it was is not known yet, and somebody else's work opens nothing. */
export function lastTaskOf(roundId: string): string | null {
  const [key] = storedKeys(PREFIX).filter((each) => each.endsWith(keyOf(`.${roundId}`)));
  return key ? stored(key).lastTask : null;
}

function stored(key: string): Preferences {
  try {
    return { ...FRESH, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Preferences>) };
  } catch {
    return { ...FRESH };
  }
}

const keyOf = (room: string): string => `${room}.preferences`;

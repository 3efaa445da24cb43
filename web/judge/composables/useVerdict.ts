import { useWords } from '../../shared/i18n';
import { verdictOf } from '../model/kinds';
import type { Marks } from '../model/types';
import { words } from '../words-kinds';
import { useRoom } from './useRoom';

/** What stands for a sheet: its total, or 通过, 不通过, 已投; null while there is none. */
export function useVerdict(): (marks: Marks) => string | null {
  const { t } = useWords(words);
  const { round } = useRoom();
  return (marks) => {
    const verdict = verdictOf(round, marks);
    if (!verdict) return null;
    return 'total' in verdict ? verdict.total : t(verdict.word);
  };
}

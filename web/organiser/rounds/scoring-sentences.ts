import type { Rounding, Scoring } from '../../shared/api-types-desk';
import type { Translate } from '../../shared/i18n';
import type { scoringWords } from './scoring-words';

type Say = Translate<keyof (typeof scoringWords)['zh']>;

/** What is fixed beside the method, a sentence each. */
export function scoringSentences({ rounding, ties }: Omit<Scoring, 'trim'>, say: Say): string[] {
  const { sheet, score } = rounding;
  const how = ({ places, mode }: Rounding) => ({ mode: say(mode), places: placesInWords(places, say) });
  const steps = [...ties, 'draw' as const].map((step) => say(step)).join(' → ');
  return [
    ...(sheet ? [say('roundedSheet', how(sheet))] : []),
    ...(score ? [say('roundedScore', how(score))] : []),
    ...(sheet || score ? [] : [say('exactScore')]),
    say('chain', { steps }),
  ];
}

export function placesInWords(places: number, say: Say): string {
  if (places === 0) return say('whole');
  return places === 1 ? say('onePlace') : say('places', { n: places });
}

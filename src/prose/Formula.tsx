import type { CSSProperties, ReactNode } from 'react';
import type { SourceId } from '#chapters/sources.ts';
import { useTranslate } from '#src/i18n/translate.ts';
import { useExplanation } from '#src/training/useRun.tsx';
import { Scroll } from '#src/ui/Scroll.tsx';
import { InNumbers } from './InNumbers.tsx';
import styles from './Formula.module.css';

interface FormulaProps {
  /** Instance of the playground whose symbols the terms are; absent where they are only numbers. */
  of?: string;
  /** The formula of the article that this one stands for. */
  source?: SourceId;
  /** Symbols whose cells it gives; pointing at one of their cells shows the formula in numbers. */
  explains?: readonly string[];
  /** How many lines of numbers are kept free; longer ones scroll. */
  lines?: number;
  /** A display formula. */
  children: ReactNode;
}

/** A formula whose terms can be pointed at, and that shows the numbers of the cell that is pointed at. */
export function Formula({ of, source, explains = [], lines = 3, children }: FormulaProps) {
  return (
    <div className={styles.formula} data-of={of} data-source={source}>
      <Scroll>{children}</Scroll>
      {of !== undefined && explains.length > 0 && <Live of={of} explains={explains} lines={lines} />}
    </div>
  );
}

/** Its height never changes, so that the page stands still while the pointer moves. */
function Live({ of, explains, lines }: { of: string; explains: readonly string[]; lines: number }) {
  const translate = useTranslate();
  const explanation = useExplanation(of);
  const isShown = explanation !== undefined && explains.includes(explanation.symbol);
  return (
    <div
      className={styles.live}
      style={{ '--lines': lines } as CSSProperties}
      role="group"
      aria-label={translate('prose.in-numbers')}
      aria-live="off"
      tabIndex={0}
    >
      {isShown ? <InNumbers explanation={explanation} /> : <p className={styles.hint}>{translate('prose.point-at')}</p>}
    </div>
  );
}

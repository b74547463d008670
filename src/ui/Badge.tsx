import { use, useId } from 'react';
import { useTranslate, type Translate } from '#src/i18n/translate.ts';
import type { BackendChoice, BackendName, BackendReport, ProgramState } from '#src/training/protocol.ts';
import styles from './Badge.module.css';
import controls from './controls.module.css';
import { LinkContext } from './links.ts';
import { formatCount, formatFixed } from './numbers.ts';
import { useSentenceGap } from './texts.ts';

export interface BadgeProps {
  /** Absent before the engine has started. */
  backend: BackendReport | undefined;
  /** Median; 0 before the first step. */
  millisecondsPerStep: number;
  parameters: number;
  tensors: number;
  /** How the steps run; absent before there is a step. */
  program?: ProgramState | undefined;
  choice: BackendChoice;
  onChoose: (backend: BackendChoice) => void;
}

const backendNames: Readonly<Record<BackendName, string>> = {
  webgpu: 'WebGPU',
  webgl: 'WebGL',
  wasm: 'WebAssembly',
  cpu: 'JavaScript',
};

const choices: readonly BackendChoice[] = ['auto', 'wasm', 'webgl', 'webgpu', 'cpu'];

/** What computes the run, why that, how, and how fast; with the way to the page that explains it. */
export function Badge(props: BadgeProps) {
  const { backend, millisecondsPerStep, parameters, tensors, program, choice, onChoose } = props;
  const t = useTranslate();
  const id = useId();
  const gap = useSentenceGap();
  const about = use(LinkContext)?.('about-the-engine');
  return (
    <div className={styles.badge} role="group" aria-label={t('badge.label')}>
      <dl className={styles.facts}>
        <Fact label={t('badge.backend')} value={backend ? backendNames[backend.name] : '–'} isWide />
        <Fact
          label={t('badge.milliseconds')}
          value={millisecondsPerStep > 0 ? `${formatFixed(millisecondsPerStep, 1)} ms` : '–'}
        />
        <Fact label={t('badge.program')} value={program ? t(`badge.program.${program.state}`) : '–'} />
        <Fact label={t('badge.parameters')} value={parameters > 0 ? formatCount(parameters) : '–'} />
        <Fact label={t('badge.tensors')} value={backend ? formatCount(tensors) : '–'} />
      </dl>
      <label className={styles.choice}>
        <span>{t('badge.choose')}</span>
        <select
          className={controls.select}
          value={choice}
          aria-describedby={`${id}-note`}
          onChange={({ target }) => {
            const chosen = choices.find((name) => name === target.value);
            if (chosen) onChoose(chosen);
          }}
        >
          {choices.map((name) => (
            <option key={name} value={name}>
              {name === 'auto' ? t('badge.auto') : backendNames[name]}
            </option>
          ))}
        </select>
      </label>
      <p className={styles.reasons}>
        {backend ? reasonsFor(backend, program, t).join(gap) : t('badge.none')}
        {gap}
        <span id={`${id}-note`}>{t('badge.restarts')}</span>
        {about !== undefined && (
          <>
            {gap}
            <a href={about}>{t('badge.about')}</a>
          </>
        )}
      </p>
    </div>
  );
}

function Fact({ label, value, isWide }: { label: string; value: string; isWide?: boolean }) {
  return (
    <div className={isWide ? styles.wide : undefined}>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/**
 * Why this backend runs, in sentences: what was refused first, then what runs instead, then what that means; and why its
 * steps stay plain, if they do.
 */
function reasonsFor(
  { name, reason, software, refused }: BackendReport,
  program: ProgramState | undefined,
  t: Translate,
): string[] {
  const backend = backendNames[name];
  return [
    ...refused.map((refusal, index) =>
      t(index === 0 ? 'badge.asked' : 'badge.tried', {
        backend: backendNames[refusal.name],
        why: t(`badge.refused.${refusal.why}`),
      }),
    ),
    t(`badge.reason.${reason === 'fallback' && refused.length === 0 ? 'replaced' : reason}`, { backend }),
    ...(software ? [t('badge.software', { backend })] : []),
    ...(program?.state === 'plain' && program.why !== 'not-yet' ? [t(`badge.plain.${program.why}`)] : []),
  ];
}

import { useId, useState, type ReactNode } from 'react';
import type { Key } from '#src/i18n/en.ts';
import { useTranslate } from '#src/i18n/translate.ts';
import type { StepsPerSecond } from '#src/training/protocol.ts';
import type { RunState, RunStatus } from '#src/training/runState.ts';
import controls from './controls.module.css';
import styles from './RunControls.module.css';
import { useIsLater } from './useIsLater.ts';
import { useIsLive } from './useIsLive.ts';
import hidden from './visuallyHidden.module.css';

export interface RunControlsProps {
  status: RunStatus;
  /** While loading: what is waited for. */
  loading?: RunState['loading'] | undefined;
  stepsPerSecond: StepsPerSecond;
  onRun: () => void;
  onPause: () => void;
  onStep: () => void;
  onStartAgain: () => void;
  onNewSeed: () => void;
  onSpeed: (stepsPerSecond: StepsPerSecond) => void;
  /** Absent where no picture of a traced step is shown. */
  isSlowMotion?: boolean;
  onSlowMotion?: (isSlowMotion: boolean) => void;
}

type ControlName = 'run' | 'pause' | 'one-step' | 'start-again' | 'new-seed' | 'speed' | 'slow-motion';

const speeds: readonly StepsPerSecond[] = [1, 2, 5, 10, 30, 'full'];

/** Why a control does nothing in a state, if so. */
function blockedBecause(control: ControlName, status: RunStatus): Key | undefined {
  if (control === 'speed' || control === 'pause') return undefined;
  if (status === 'loading' && control !== 'new-seed' && control !== 'start-again') return 'run.blocked.loading';
  if (status === 'idle' && control === 'start-again') return 'run.blocked.idle';
  const needsSteps = control === 'run' || control === 'one-step' || control === 'slow-motion';
  if (needsSteps && status === 'failed') return 'run.blocked.failed';
  if (needsSteps && status === 'finished') return 'run.blocked.finished';
  return undefined;
}

/** The row that starts, stops and paces a run. A line below says what the control in focus does to learning. */
export function RunControls(props: RunControlsProps) {
  const { status, loading, stepsPerSecond, isSlowMotion = false, onSlowMotion } = props;
  const t = useTranslate();
  const id = useId();
  const [named, setNamed] = useState<ControlName>();
  const isLive = useIsLive();
  const isWaiting = useIsLater(status === 'loading', 300);
  const isRunning = status === 'running';
  const blocked = (control: ControlName) => (isLive ? blockedBecause(control, status) : 'run.blocked.loading');
  const hint = (control: ControlName): string => t(blocked(control) ?? `run.${control}.help`);
  const notice = { onPointerLeave: () => setNamed(undefined), onBlur: () => setNamed(undefined) };

  const button = (
    control: ControlName,
    onPress: () => void,
    extra: { isPressed?: boolean; isPrimary?: boolean } = {},
  ) => {
    const isBlocked = blocked(control) !== undefined;
    return (
      <>
        <button
          type="button"
          className={[controls.button, extra.isPrimary && `${controls.primary} ${styles.run}`]
            .filter(Boolean)
            .join(' ')}
          aria-disabled={isBlocked || undefined}
          aria-pressed={extra.isPressed}
          aria-describedby={`${id}-${control}`}
          onClick={isBlocked ? undefined : onPress}
          onFocus={() => setNamed(control)}
          onPointerEnter={() => setNamed(control)}
          {...notice}
        >
          {t(`run.${control}`)}
        </button>
        <Description id={`${id}-${control}`}>{hint(control)}</Description>
      </>
    );
  };

  return (
    <div role="group" aria-label={t('run.controls')} className={styles.controls}>
      <div className={styles.row}>
        {isRunning
          ? button('pause', props.onPause, { isPrimary: true })
          : button('run', props.onRun, { isPrimary: true })}
        {button('one-step', props.onStep)}
        {button('start-again', props.onStartAgain)}
        {button('new-seed', props.onNewSeed)}
        <label className={styles.speed} onPointerEnter={() => setNamed('speed')} {...notice}>
          <span>{t('run.speed')}</span>
          <select
            className={controls.select}
            value={String(stepsPerSecond)}
            aria-describedby={`${id}-speed`}
            onFocus={() => setNamed('speed')}
            onChange={({ target }) => props.onSpeed(target.value === 'full' ? 'full' : Number(target.value))}
          >
            {withSpeed(stepsPerSecond).map((speed) => (
              <option key={speed} value={speed}>
                {speed === 'full' ? t('run.speed.full') : t('run.speed.steps', { count: speed })}
              </option>
            ))}
          </select>
        </label>
        <Description id={`${id}-speed`}>{hint('speed')}</Description>
        {onSlowMotion && button('slow-motion', () => onSlowMotion(!isSlowMotion), { isPressed: isSlowMotion })}
      </div>
      <p className={styles.line} aria-hidden="true">
        {named ? hint(named) : isWaiting ? t(`run.loading.${loading ?? 'engine'}`) : ' '}
      </p>
      <span role="status" className={hidden.visuallyHidden}>
        {isWaiting ? t(`run.loading.${loading ?? 'engine'}`) : ''}
      </span>
    </div>
  );
}

/** Outside the accessible name of its control: only `aria-describedby` reads it. */
function Description({ id, children }: { id: string; children: ReactNode }) {
  return (
    <span id={id} hidden>
      {children}
    </span>
  );
}

function withSpeed(stepsPerSecond: StepsPerSecond): readonly StepsPerSecond[] {
  if (speeds.includes(stepsPerSecond)) return speeds;
  const numbers = [...speeds, stepsPerSecond].filter((speed) => speed !== 'full');
  return [...numbers.sort((a, b) => a - b), 'full'];
}

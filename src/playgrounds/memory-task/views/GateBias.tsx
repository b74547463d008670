import { useId, useState } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import { range } from '#src/training/spec.ts';
import { Button } from '#src/ui/Button.tsx';
import controls from '#src/ui/controls.module.css';
import { Slider } from '#src/ui/Slider.tsx';
import { texts } from '../texts.ts';
import styles from './GateBias.module.css';

const gates = [
  { gate: 'forgetGate', network: 'lstm', name: 'forget' },
  { gate: 'inputGate', network: 'lstm', name: 'input' },
  { gate: 'outputGate', network: 'lstm', name: 'output' },
  { gate: 'updateGate', network: 'gru', name: 'update' },
  { gate: 'resetGate', network: 'gru', name: 'reset' },
] as const;

const biases = range(-4, { min: -8, max: 8, scale: 'linear', step: 0.5, applies: 'next-step' });

/** Opens or shuts a gate by hand, to see what it is good for. */
export function GateBias({ isBlocked, onSet }: { isBlocked: boolean; onSet: (gate: string, value: number) => void }) {
  const t = useTranslate(texts);
  const id = useId();
  const [gate, setGate] = useState<string>('forgetGate');
  const [value, setValue] = useState(biases.default);
  return (
    <fieldset className={styles.gate} aria-describedby={`${id}-help`}>
      <legend className={styles.legend}>{t('memory-task.gate')}</legend>
      <div className={styles.row}>
        <label htmlFor={id}>{t('memory-task.gate.which')}</label>
        <select id={id} className={controls.select} value={gate} onChange={({ target }) => setGate(target.value)}>
          {gates.map(({ gate: option, network, name }) => (
            <option key={option} value={option}>
              {t('memory-task.map', { network: t(`memory-task.${network}`), layer: t(`memory-task.layer.${name}`) })}
            </option>
          ))}
        </select>
        <Button isBlocked={isBlocked} onPress={() => onSet(gate, value)}>
          {t('memory-task.gate.set')}
        </Button>
      </div>
      <Slider label={t('memory-task.gate.value')} range={biases} value={value} onChange={setValue} />
      <p id={`${id}-help`} className={styles.help}>
        {t(isBlocked ? 'memory-task.gate.blocked' : 'memory-task.gate.help')}
      </p>
    </fieldset>
  );
}

import type { ReactNode } from 'react';
import controls from './controls.module.css';

export interface ButtonProps {
  children: ReactNode;
  onPress: () => void;
  /** It then does nothing, but can be reached, so that a screen reader finds out why. */
  isBlocked?: boolean;
  isPressed?: boolean;
}

export function Button({ children, onPress, isBlocked = false, isPressed }: ButtonProps) {
  return (
    <button
      type="button"
      className={controls.button}
      aria-disabled={isBlocked || undefined}
      aria-pressed={isPressed}
      onClick={isBlocked ? undefined : onPress}
    >
      {children}
    </button>
  );
}

import type { ButtonHTMLAttributes, ComponentChildren } from 'preact';
import { useCourse } from '../course-context.js';
import { Icon, type IconName } from './icon.js';

interface ButtonProps extends Pick<ButtonHTMLAttributes, 'aria-expanded' | 'aria-controls' | 'aria-describedby'> {
  children: ComponentChildren;
  look?: 'primary' | 'secondary' | 'quiet';
  icon?: IconName;
  /** An icon behind the words, which says where it leads. */
  towards?: IconName;
  disabled?: boolean;
  onClick?: () => void;
  type?: 'button' | 'submit';
}

/** A button with the player's own words on it; a screen has at most one that is primary. */
export function Button({ children, look = 'secondary', icon, towards, type = 'button', ...rest }: ButtonProps) {
  return (
    <button class={`button button--${look}`} type={type} lang={useCourse().wordsLanguage} {...rest}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
      {towards && <Icon name={towards} />}
    </button>
  );
}

import { useEffect, useRef } from 'preact/hooks';
import { useCourse } from '../course-context.js';
import { Icon } from '../components/icon.js';
import { Outline } from './outline.js';

/** The outline on narrow screens: a modal dialog of the browser, which keeps the focus inside and closes by Escape. */
export function Drawer() {
  const { words, wordsLanguage, screen } = useCourse();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.close(), [screen]);
  return (
    <>
      <button
        class="button button--quiet bar__menu"
        type="button"
        lang={wordsLanguage}
        aria-haspopup="dialog"
        onClick={() => dialog.current?.showModal()}
      >
        <Icon name="menu" />
        <span class="visually-hidden">{words.shell.menu}</span>
      </button>
      <dialog
        ref={dialog}
        class="drawer"
        aria-label={words.shell.menu}
        onClick={(event) => {
          if (event.target === event.currentTarget) dialog.current?.close();
        }}
      >
        <div class="drawer__body">
          <button class="button button--quiet drawer__close" type="button" onClick={() => dialog.current?.close()}>
            <Icon name="close" />
            <span class="visually-hidden">{words.shell.close}</span>
          </button>
          <Outline />
        </div>
      </dialog>
    </>
  );
}

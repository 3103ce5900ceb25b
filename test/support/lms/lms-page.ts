/** The page that plays the LMS: a strict SCORM 1.2 API whose store outlives the page. */
import { StrictScorm12 } from './strict-scorm12.js';

declare global {
  interface Window {
    API?: unknown;
    lms: StrictScorm12;
  }
}

const KEY = 'lms';
const settings = new URLSearchParams(location.search);
const stored = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Record<string, string>;

/** RTE 1.2, 3.4.4, cmi.core.exit: only after "suspend" does the next launch find what this one left. */
function storedForNextLaunch(elements: Record<string, string>): Record<string, string> {
  const suspended = elements['cmi.core.exit'] === 'suspend';
  const kept = Object.entries(elements).filter(
    ([element]) => suspended || !/^cmi\.(suspend_data|core\.lesson_location|interactions)/.test(element),
  );
  return Object.fromEntries(kept.filter(([element]) => !/^cmi\.core\.(exit|session_time)$/.test(element)));
}

const without = (settings.get('without') ?? '').split(',').filter((name) => name !== '');
window.lms = new StrictScorm12({
  stored: {
    'cmi.core.lesson_status': 'not attempted',
    ...stored,
    'cmi.core.student_id': settings.get('student') ?? 'jo-7',
    'cmi.core.student_name': 'Doe, Jo',
    'cmi.core.lesson_mode': settings.get('mode') ?? 'normal',
    'cmi.core.credit': 'credit',
    'cmi.core.entry': Object.keys(stored).length > 0 ? 'resume' : 'ab-initio',
    'cmi.core.total_time': '0000:00:00.00',
  },
  without,
  store: (elements) => localStorage.setItem(KEY, JSON.stringify(storedForNextLaunch(elements))),
});
window.API = window.lms.api;

import type { Cmi } from './cmi.js';

/** Who is taking the course, as the LMS knows them. */
export interface Learner {
  readonly id: string;
  readonly name: string;
}

/**
 * The page that an LMS opens: scorm-again's SCORM 1.2 run-time as `window.API`, the data of earlier sessions in it, and the
 * package in a frame.
 */
export function launchPage(entryPoint: string, learner: Learner, saved: Cmi | undefined): string {
  const core = {
    student_id: learner.id,
    student_name: learner.name,
    credit: 'credit',
    lesson_mode: 'normal',
    // SCORM 1.2 RTE 3.4.4, cmi.core.entry: "resume" when the session before was suspended.
    entry: saved === undefined ? 'ab-initio' : saved.core?.exit === 'suspend' ? 'resume' : '',
  };
  const cmi = { ...saved, core: { ...saved?.core, ...core } };
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>LMS</title>
<style>html, body, iframe { margin: 0; border: 0; width: 100%; height: 100%; display: block }</style>
<script src="/scorm12.js"></script>
<script>
  window.API = new Scorm12API({ autocommit: false, lmsCommitUrl: '/commit', logLevel: 'ERROR' });
  window.API.loadFromJSON(${JSON.stringify(cmi).replace(/</gu, '\\u003c')}, 'cmi');
</script>
<iframe title="Course" src="/package/${entryPoint}" allow="autoplay"></iframe>
</html>
`;
}

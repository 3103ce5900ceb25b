/**
 * A script that puts a SCORM 1.2 API into a page before the course's own scripts: it takes everything, keeps it in the
 * browser for the next launch, and refuses to commit while `window.lmsIsDown` is true.
 */
export const lenientApi = (mode: 'normal' | 'review' = 'normal'): string => `{
  const kept = JSON.parse(localStorage.getItem('cmi') ?? '{}');
  const fixed = { 'cmi.core.lesson_mode': '${mode}', 'cmi.core.student_id': 'jo-7', 'cmi.core.student_name': 'Doe, Jo' };
  window.API = {
    LMSInitialize: () => 'true',
    LMSFinish: () => 'true',
    LMSGetValue: (name) => fixed[name] ?? kept[name] ?? '',
    LMSSetValue(name, value) {
      kept[name] = value;
      return 'true';
    },
    LMSCommit() {
      if (window.lmsIsDown) return 'false';
      localStorage.setItem('cmi', JSON.stringify(kept));
      return 'true';
    },
    LMSGetLastError: () => (window.lmsIsDown ? '101' : '0'),
    LMSGetErrorString: () => '',
    LMSGetDiagnostic: () => '',
  };
}`;

/** Rich text of the published course: HTML that was sanitised when it was published. The one place that trusts it. */
export function RichText({ html, class: extra = '' }: { html: string; class?: string }) {
  return <div class={`prose ${extra}`} dangerouslySetInnerHTML={{ __html: html }} />;
}

/** A quiet bar; the words beside it say the same, so it says nothing itself. `share` is 0 to 1. */
export function Meter({ share }: { share: number }) {
  return (
    <div class="meter" aria-hidden="true">
      <span style={{ inlineSize: `${Math.round(Math.min(1, Math.max(0, share)) * 100)}%` }} />
    </div>
  );
}

/**
 * Puts every flash of the page in one phase: an animation begins when its element appears, so two tiles that alarm
 * one after the other would flash against each other, and together faster than either may.
 */
export function alignFlashes(): void {
  for (const animation of document.getAnimations()) {
    if (animation instanceof CSSAnimation && animation.animationName.startsWith("flash-") && animation.startTime !== 0) animation.startTime = 0;
  }
}

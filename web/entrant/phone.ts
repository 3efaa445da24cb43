/** A mainland mobile number as the API takes it, or nothing. Pasted ones come with spaces, dashes and +86. */
export function mobile(typed: string): string {
  const digits = typed.replace(/[\s-]/g, '').replace(/^\+?86(?=1\d{10}$)/, '');
  return /^1\d{10}$/.test(digits) ? digits : '';
}

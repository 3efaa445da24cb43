/** A phone number that arrives whole is masked here; a masked one, or an e-mail address, stays as it is. */
export function maskPhone(phone: string | null | undefined): string {
  return (phone ?? '').replace(/^(\+?\d{3})\d{3,}(\d{4})$/, '$1****$2');
}

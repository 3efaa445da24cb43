import { describe, expect, it } from '@jest/globals';
import { createPeople } from './names.js';
import { createRng } from './prng.js';

describe('createPeople', () => {
  const people = createPeople(createRng('p'), 300);

  it('gives everyone an own name and an own mobile number', () => {
    expect(new Set(people.map(({ name }) => name)).size).toBe(300);
    expect(new Set(people.map(({ phone }) => phone)).size).toBe(300);
  });

  it('writes names of two or three characters and numbers of eleven digits', () => {
    for (const { name, phone } of people) {
      expect(name).toMatch(/^\p{Script=Han}{2,3}$/u);
      expect(phone).toMatch(/^1[3-9]\d{9}$/);
    }
  });
});

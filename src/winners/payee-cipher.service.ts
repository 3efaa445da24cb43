import { Injectable } from '@nestjs/common';
import { Runtime } from '../config/runtime.js';
import { PayeeCipher } from './payee-cipher.js';

/** The cipher under this process's keys. */
@Injectable()
export class PayeeCipherService extends PayeeCipher {
  constructor({ secrets }: Runtime) {
    super(secrets.dataKey, secrets.previousDataKey);
  }
}

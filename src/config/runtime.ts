import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { Env, Secrets } from './env.js';

/** What every process knows about itself: the parsed environment, its secrets, the database it found. */
export class Runtime {
  constructor(
    readonly env: Env,
    readonly secrets: Secrets,
    readonly databaseUrl: string,
  ) {}
}

@Global()
@Module({})
export class RuntimeModule {
  static for(runtime: Runtime): DynamicModule {
    return {
      module: RuntimeModule,
      providers: [{ provide: Runtime, useValue: runtime }],
      exports: [Runtime],
    };
  }
}

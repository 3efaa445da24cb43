import { Module } from '@nestjs/common';
import { Typesetter } from './typesetting/typesetter.js';

/** Writers of documents that run native code; those that don't are plain functions. */
@Module({ providers: [Typesetter], exports: [Typesetter] })
export class DocumentsModule {}

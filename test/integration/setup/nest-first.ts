// Loaded before anything else: @nestjs/throttler and others are CommonJS and, met first, would draw Nest's
// ES modules into an import cycle under jest.
import 'reflect-metadata';
import '@nestjs/common';
import '@nestjs/core';

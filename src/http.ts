import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import express, { type NextFunction, type Request, type Response } from 'express';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cleanupOpenApiDoc } from 'nestjs-zod';
import { AppModule } from './app.module.js';
import { pageFilesIn } from './common/page-files.js';
import { precompressed } from './common/precompressed.js';
import { publicUrl } from './common/public-url.js';
import { logLevels } from './config/log-levels.js';
import type { Runtime } from './config/runtime.js';
import { ContestsService } from './contests/contests.service.js';
import { pageHead, withHead, type PageHead } from './contests/page-head.js';
import { linkOrigin } from './storage/link-origin.js';

/** JSON bodies are small; files come in through the upload doors. */
const jsonLimit = '200kb';
/** A slow phone may take this long for one upload; Node's own five minutes would cut it off. */
const requestTimeoutMs = 2 * 3600_000;

/** `pictures`: an origin beside our own from which pages show pictures. */
function securityHeaders(pictures: string | null): Record<string, string> {
  return {
    'Content-Security-Policy': [
      "default-src 'self'",
      `img-src 'self' data: blob:${pictures ? ` ${pictures}` : ''}`,
      "media-src 'self' blob:",
      "style-src 'self' 'unsafe-inline'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; '),
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Opener-Policy': 'same-origin',
  };
}

/** The HTTP application, complete but not listening. */
export async function createHttpApp(runtime: Runtime): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.for(runtime), {
    bodyParser: false,
    // Event streams never end by themselves: without this neither would the process.
    forceCloseConnections: true,
    logger: logLevels(runtime.env.logLevel),
  });
  app.set('trust proxy', runtime.env.trustProxy);
  app.disable('x-powered-by');
  const headers = securityHeaders(linkOrigin(runtime.env));
  app.use((_request: Request, response: Response, next: NextFunction) => {
    response.set(headers);
    next();
  });
  app.use('/api', express.json({ limit: jsonLimit }));
  app.setGlobalPrefix('api');
  SwaggerModule.setup('api/docs', app, () => describeApi(app), { jsonDocumentUrl: 'api/openapi.json' });
  serveWeb(app, (request) =>
    pageHead(app.get(ContestsService), {
      path: request.path,
      origin: publicUrl(runtime.env, request),
      userAgent: request.headers['user-agent'] ?? '',
    }),
  );
  await app.init();
  const server = app.getHttpServer();
  server.requestTimeout = requestTimeoutMs;
  server.keepAliveTimeout = 65_000;
  return app;
}

/** The OpenAPI document of all routes. */
export function describeApi(app: NestExpressApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('定格 dingge')
    .setDescription('Errors are application/problem+json (RFC 9457) with a stable `code`.')
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .addCookieAuth('dingge_session')
    .build();
  return cleanupOpenApiDoc(SwaggerModule.createDocument(app, config));
}

/**
 * The built pages: files under hashed names for ever, everything else the one page that finds its own way, with what
 * others are to show of it in its head.
 */
function serveWeb(app: NestExpressApplication, headOf: (request: Request) => Promise<PageHead>): void {
  const root = join(import.meta.dirname, 'web');
  if (!existsSync(root)) return;
  const filesOf = pageFilesIn(root);
  app.use(precompressed(root));
  app.use(
    '/assets',
    express.static(join(root, 'assets'), { immutable: true, maxAge: '1y', fallthrough: false }),
  );
  app.use(express.static(root, { index: false, maxAge: '1h' }));
  app.use((request: Request, response: Response, next: NextFunction) => {
    const isPage =
      request.method === 'GET' && !request.path.startsWith('/api/') && !request.path.startsWith('/assets/');
    if (!isPage || !request.accepts('html')) return next();
    response.set('Cache-Control', 'no-cache');
    headOf(request)
      .then((head) =>
        readFile(join(root, 'index.html'), 'utf8').then((page) =>
          withHead(page, { ...head, files: filesOf(request.path) }),
        ),
      )
      .then((page) => response.vary('User-Agent').type('html').send(page), next);
  });
}

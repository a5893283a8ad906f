import 'reflect-metadata';
import { Module, type Provider } from '@nestjs/common';
import { SELF_DECLARED_DEPS_METADATA } from '@nestjs/common/constants.js';
import { NestFactory } from '@nestjs/core';
import type { OpenAPIObject } from '@nestjs/swagger';
import { REST_CONTROLLERS } from '../controllers.ts';
import { apiDocument } from './document.ts';

/** Empty values for everything that the controllers inject. In preview Nest makes no instances, but it wants them all named. */
const PLACEHOLDERS: Provider[] = REST_CONTROLLERS.flatMap((controller) => {
  const injected = (Reflect.getMetadata(SELF_DECLARED_DEPS_METADATA, controller) ?? []) as { param: never }[];
  return injected.map(({ param }) => ({ provide: param, useValue: {} }));
});

@Module({ controllers: REST_CONTROLLERS, providers: PLACEHOLDERS })
class RoutesOnly {}

/** The document as the service serves it, without the service. */
export async function documentOfRoutes(): Promise<OpenAPIObject> {
  return apiDocument(await NestFactory.create(RoutesOnly, { preview: true, logger: false, abortOnError: false }));
}

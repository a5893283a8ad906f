# syntax=docker/dockerfile:1
# The mock backend (tools/mock-backend) for docker/compose.yaml: for development, never for production. The bases are those of
# docker/Dockerfile.
ARG BUILDER_IMAGE=docker.io/library/node:24.21.0-trixie-slim
ARG BASE_IMAGE=gcr.io/distroless/cc-debian13:nonroot

FROM ${BUILDER_IMAGE} AS packages
WORKDIR /app
COPY package.json package-lock.json ./
COPY tools/mock-backend/package.json tools/mock-backend/
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund --workspace=@ocpp-gw/mock-backend && npm cache clean --force
COPY tools/mock-backend/src tools/mock-backend/src

FROM ${BASE_IMAGE}
COPY --from=packages /usr/local/bin/node /nodejs/bin/node
COPY --from=packages /app /app
ENV NODE_ENV=production
WORKDIR /app
USER 65532:65532
EXPOSE 9200
STOPSIGNAL SIGTERM
# node reads the TypeScript as it is.
ENTRYPOINT ["/nodejs/bin/node", "--conditions=@ocpp-gw/source"]
CMD ["tools/mock-backend/src/main.ts"]

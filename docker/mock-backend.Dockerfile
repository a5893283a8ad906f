# The mock backend (tools/mock-backend) for docker/compose.yaml: for development, never for production.
ARG NODE_IMAGE=node:24.11.1-trixie-slim
ARG BASE_IMAGE=gcr.io/distroless/nodejs24-debian13:nonroot

FROM ${NODE_IMAGE} AS packages
WORKDIR /app
COPY package.json package-lock.json ./
COPY tools/mock-backend/package.json tools/mock-backend/
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund --workspace @ocpp-gw/mock-backend
COPY tools/mock-backend/src tools/mock-backend/src
RUN find tools -name '*.spec.ts' -delete

FROM ${BASE_IMAGE}
WORKDIR /app
COPY --from=packages /app /app
ENV NODE_ENV=production
USER 65532:65532
EXPOSE 9200
# Node reads the TypeScript as it is.
ENTRYPOINT ["/nodejs/bin/node", "--conditions=@ocpp-gw/source"]
CMD ["tools/mock-backend/src/main.ts"]

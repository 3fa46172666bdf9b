# One image for every service; docker-compose.yml says which program a container runs.

FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
# .dockerignore keeps out what the build does not need.
COPY . .
RUN npm run build

FROM node:20-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev && npm cache clean --force

FROM node:20-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY LICENSE NOTICE package.json ./
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
# The image's own user, node; by number, so that a cluster can tell that it is not root.
USER 1000:1000
# The services drain on SIGTERM; node is process 1 and hands it to them.
STOPSIGNAL SIGTERM
# 9101 to 9105: probes and metrics of the services without an HTTP interface of their own.
EXPOSE 8080 8081 9101-9105
# Where the program that the container runs answers its probes; the dashboard's own port here.
ENV PROBE_PORT=8080
# Whether it runs. Whether it can do its work (/readyz) is compose's: who is started again because Kafka is away is not ready any sooner.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PROBE_PORT + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node"]
CMD ["--heap-growing-percent=30", "dist/apps/dashboard/src/main.js"]

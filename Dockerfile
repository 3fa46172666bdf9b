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
EXPOSE 8080 8081
# No HEALTHCHECK here: the stages answer no HTTP. Compose has one for those that do.
ENTRYPOINT ["node"]
CMD ["dist/apps/dashboard/src/main.js"]

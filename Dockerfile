# Salvor and the tools that it starts. Debian 13 brings the client tools of PostgreSQL 17: they read archives of that
# version and older, and dump servers of that version and older.
FROM node:24-trixie-slim AS salvor
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates postgresql-client \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/salvor
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force
COPY bin bin
COPY commands commands
COPY jobs jobs
COPY src src
COPY LICENSE salvor.example.yaml ./
ENV NODE_ENV=production
USER node
EXPOSE 3000
ENTRYPOINT ["node", "bin/salvor.js"]
CMD ["serve"]

# The whole product to try: servers of its own, a local Slack, a migration that has just failed.
FROM salvor AS sandbox
USER root
RUN apt-get update \
 && apt-get install -y --no-install-recommends postgresql redis-server \
 && rm -rf /var/lib/apt/lists/*
COPY sandbox sandbox
COPY slack-manifest.http.yaml slack-manifest.socket.yaml ./
USER node
CMD ["sandbox", "--yes"]

# What `docker build .` makes.
FROM salvor

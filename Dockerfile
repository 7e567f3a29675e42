# syntax=docker/dockerfile:1

# dcv-mock-broker as an image, of the npm packages that were tested: deno task build:npm makes them in npm/.
#
# Node on Alpine is the smallest official image of the three runtimes. It is named by its tag: a digest would keep out
# the patches of Alpine and Node, which a release is to have. Whoever wants one gives it: --build-arg NODE=node@sha256:...
ARG NODE=node:24-alpine

# Nothing here depends on the machine, so it runs on the one that builds, whatever the image is for.
# hadolint ignore=DL3006
FROM --platform=$BUILDPLATFORM ${NODE} AS install
WORKDIR /app
COPY npm/dcvkit-session-manager-*.tgz npm/dcvkit-mock-broker-*.tgz /packages/
RUN npm install --omit=dev --no-audit --no-fund --ignore-scripts /packages/*.tgz \
  && mkdir /ca /work
COPY image/health.mjs ./

# hadolint ignore=DL3006
FROM ${NODE}
LABEL org.opencontainers.image.title="dcv-mock-broker" \
  org.opencontainers.image.description="A simulated Amazon DCV Session Manager broker with a simulated fleet" \
  org.opencontainers.image.licenses="MIT"
COPY --from=install /app /app
# The only folders that are written to: /ca for the CA certificate, which other containers mount; /work for --state.
COPY --from=install --chown=1000:1000 /ca /ca
COPY --from=install --chown=1000:1000 /work /work
VOLUME ["/ca", "/work"]
WORKDIR /work

# All addresses of the container: which of them others reach is what -p and networks decide. The control API is off
# unless DCV_MOCK_CONTROL=true or --control asks for it, for who reaches it controls the world.
ENV NODE_ENV=production \
  DCV_MOCK_HOST=0.0.0.0 \
  DCV_MOCK_CA_FILE=/ca/ca.pem
EXPOSE 8443 8445 8447 8448
# The user "node" of the base, by number: Kubernetes can tell then that it is not root.
USER 1000:1000

HEALTHCHECK --interval=5s --timeout=4s --start-period=30s --start-interval=1s --retries=3 \
  CMD ["node", "/app/health.mjs"]
STOPSIGNAL SIGTERM
# No shell in between, so that the broker gets the signal, and its options follow the image's name. Without "--" Node
# would take some of them for its own.
ENTRYPOINT ["node", "--", "/app/node_modules/@dcvkit/mock-broker/esm/cli.js"]

# The whole platform in one image: functions' bundles, DAGs, dbt project, their environments from the committed locks,
# and the stand-ins that the pipeline and its tests run against. See deploy/README.md.
#
# Needed of the base: Python 3.11 or 3.12 with venv, on a glibc Linux. Everything else comes from locks, so that the
# base may be any such image; continuous delivery passes one pinned by digest.
ARG BASE_IMAGE=python:3.12.12-slim-bookworm

# Dependencies: changes only with the locks.
FROM ${BASE_IMAGE} AS dependencies
WORKDIR /platform
COPY deploy/image/node.lock deploy/image/install-node.sh deploy/image/with-build-environment.sh deploy/image/
RUN --mount=type=secret,id=build_environment --mount=type=secret,id=build_ca \
    sh deploy/image/with-build-environment.sh sh deploy/image/install-node.sh
COPY package.json package-lock.json .npmrc ./
COPY local/setup local/setup/
COPY local/services/requirements.lock local/services/
COPY local/checks/requirements.lock local/checks/
COPY local/end-to-end/oracle/requirements.lock local/end-to-end/oracle/
COPY classifier/requirements.lock classifier/
COPY dags/requirements.lock dags/requirements-dev.lock dags/
COPY dbt/requirements.lock dbt/requirements-dev.lock dbt/
RUN --mount=type=secret,id=build_environment --mount=type=secret,id=build_ca \
    sh deploy/image/with-build-environment.sh node local/setup/entry.mjs install

# Code, and what `npm run build` makes of it.
FROM dependencies AS build
COPY . .
RUN node local/setup/entry.mjs build

FROM ${BASE_IMAGE}
ARG BASE_IMAGE
ARG REVISION=unknown
LABEL org.opencontainers.image.title="coretelecoms-cx-platform" \
      org.opencontainers.image.description="Customer-experience data platform: pipeline, models, their tests, and the local services they run on" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.base.name="${BASE_IMAGE}"
RUN groupadd --gid 10001 platform && useradd --uid 10001 --gid platform --create-home platform \
    && ln -s /usr/local/lib/npm/bin/npm-cli.js /usr/local/bin/npm
# Some tests call `npm start`; nothing is installed at run time.
COPY --from=dependencies /usr/local/lib/npm /usr/local/lib/npm
COPY --from=build --chown=10001:10001 /platform /platform
WORKDIR /platform
# The project's own Node; that of the build stays behind.
ENV PATH=/platform/node_modules/.bin:${PATH}
USER 10001:10001
# A run ends by itself and tells by its exit code whether all reconciles: there is no service whose health could be asked.
HEALTHCHECK NONE
ENTRYPOINT ["node", "local/setup/entry.mjs"]
CMD ["start"]

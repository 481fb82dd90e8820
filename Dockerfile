# An image of the static binary and the few files it needs: no shell, no package manager,
# no root. It builds with any builder, and without a network where the folder vendor is
# there (go mod vendor).
FROM golang:1.26 AS build
WORKDIR /src
COPY . .
# The flags make the binary the same, byte for byte, wherever it is built.
ARG RELEASE=
RUN CGO_ENABLED=0 go build -trimpath -buildvcs=false \
        -ldflags="-s -w -buildid= -X main.release=$RELEASE" -o /image/verbatim ./cmd/verbatim
# What a base image such as distroless/static:nonroot brings, and no more: certificates to
# know Discord by, time zones for TZ, a user who is not root. Taking it from the image that
# builds leaves one image to trust, and one to keep up to date.
RUN mkdir -p /image/etc/ssl/certs /image/usr/share /image/stories /empty && \
    cp /etc/ssl/certs/ca-certificates.crt /image/etc/ssl/certs/ && \
    cp "$(go env GOROOT)/lib/time/zoneinfo.zip" /image/usr/share/zoneinfo.zip && \
    echo 'nonroot:x:65532:65532:nonroot:/data:/sbin/nologin' > /image/etc/passwd && \
    echo 'nonroot:x:65532:' > /image/etc/group

FROM scratch
COPY --from=build /image/ /
# An empty folder with an owner: a named volume takes the owner over, and is writable.
COPY --from=build --chown=65532:65532 /empty /data
COPY --from=build --chown=65532:65532 /empty /tmp
# Stories are taken from /stories where something is mounted there.
ENV ZONEINFO=/usr/share/zoneinfo.zip \
    VERBATIM_DATA=/data \
    VERBATIM_HTTP=127.0.0.1:8080
USER 65532:65532
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 CMD ["/verbatim", "health"]
ENTRYPOINT ["/verbatim"]

#!/bin/sh
# Assembles the agent's folder and archive: assemble.sh JDK JAR TARGET
# The class cache is trained by real calls, so that `dial` starts in a fraction of the time.
set -eu
jdk=$1 jar=$2 target=$(CDPATH= cd -- "$3" && pwd)
source=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
agent=$target/agent
archive=$target/parent-agent-linux-x86_64.tar.gz
stamp=$target/agent.stamp

inputs=$( { sha256sum "$jar" "$jdk/release" "$source"/* | cut -d' ' -f1; } | sha256sum | cut -d' ' -f1)
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$inputs" ] && [ -f "$archive.sha256" ] && [ -x "$agent/bin/parent-agent" ]; then
  exit 0
fi

rm -rf "$agent" "$stamp"
mkdir -p "$agent/bin" "$agent/lib"
"$jdk/bin/jlink" --add-modules java.base --strip-debug --no-header-files --no-man-pages --output "$agent/runtime"
rm -rf "$agent/runtime/lib/server/classes_nocoops.jsa" "$agent/runtime/lib/jrt-fs.jar" "$agent/runtime/bin/keytool"
cp "$jar" "$agent/lib/parent-agent.jar"
cp "$source/parent-agent" "$agent/bin/parent-agent"
chmod 755 "$agent/bin/parent-agent"
find "$agent" -exec touch -h -d '2026-01-01T00:00:00Z' {} +

train() {
  "$agent/runtime/bin/java" "$1" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx64m \
    --enable-native-access=ALL-UNNAMED -cp "$agent/lib/parent-agent.jar" dev.enclaveconsole.agent.bridge.Training
}
train -XX:AOTCacheOutput="$agent/lib/parent-agent.aot" </dev/null >"$target/agent-training.log" 2>&1 || {
  cat "$target/agent-training.log" >&2
  exit 1
}
touch -d '2026-01-01T00:00:00Z' "$agent/lib" "$agent/lib/parent-agent.aot"

tar --sort=name --owner=0 --group=0 --numeric-owner -C "$agent" -czf "$archive" bin lib runtime
(cd "$target" && sha256sum "$(basename "$archive")" >"$archive.sha256")
echo "$inputs" >"$stamp"

#!/bin/sh
# demo-image.sh JAVA CLASS_PATH REPOSITORY OUTPUT: makes OUTPUT/demo.eif and demo.json from the enclave server's
# assembled root filesystem, unless they are newer than everything they are made from.
set -eu
java=$1 class_path=$2 repository=$3 output=$4
rootfs=$repository/enclave-server/target/rootfs
image=$repository/enclave-server/target/image

if [ ! -d "$rootfs" ]; then
  echo "No root filesystem in $rootfs: the demo image is not made."
  exit 0
fi
if [ -f "$output/demo.json" ] && [ -z "$(find "$rootfs" "$image" "$repository/sandbox/target/classes" \
  "$repository/protocol/target/classes" -newer "$output/demo.json" -print | head -n 1)" ]; then
  echo "The demo image is up to date."
  exit 0
fi
mkdir -p "$output"
"$java" -XX:+UseSerialGC -cp "$class_path" dev.enclaveconsole.sandbox.image.DemoImage \
  "$rootfs" "$image" "$output/demo.eif" "$output/demo.json"

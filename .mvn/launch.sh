# Sourced by ./console and .mvn/train-start. Needs `app` (the console's folder) and JAVA_HOME.

# launch terminal|window ARGS: replaces this process. The option cache holds only for the options, class path and
# JDK it was trained with; JAVA_CACHE overrides it while training.
launch() {
  kind=$1
  shift
  cache=${JAVA_CACHE:-}
  if [ -z "$cache" ] && [ -f "$app/start/$kind.aot" ] && [ "$(cat "$app/start/jdk" 2>/dev/null)" = "$JAVA_HOME" ]; then
    cache=-XX:AOTCache=$app/start/$kind.aot
  fi
  class_path=$(IFS=: && set -- "$app"/lib/*.jar && echo "$*")
  case $kind in
    terminal)
      set -- --enable-native-access=ALL-UNNAMED -cp "$class_path" dev.enclaveconsole.desktop.Main "$@"
      ;;
    window)
      set -- --module-path "$app/lib/javafx" --add-modules javafx.controls \
        --enable-native-access=javafx.graphics,ALL-UNNAMED -cp "$class_path" dev.enclaveconsole.desktop.Main "$@"
      ;;
  esac
  # CONSOLE_JAVA_OPTIONS is split on purpose: it holds options.
  # shellcheck disable=SC2086
  exec "$JAVA_HOME/bin/java" ${cache:+"$cache"} -XX:+UseSerialGC -Xlog:disable -Xlog:all=error:stderr -Xlog:aot*=off:stderr -Xlog:cds*=off:stderr \
    "-Denclave.console.installation=$app" ${CONSOLE_JAVA_OPTIONS:-} "$@"
}

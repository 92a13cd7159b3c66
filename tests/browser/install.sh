#!/bin/sh
# Makes sure that the browsers, the screen reader and the WordPress of the tests are there: from Debian packages when root, else says what to install.
missing=
need() { # the program, its packages
  command -v "$1" >/dev/null 2>&1 || { shift; missing="$missing $*"; }
}
command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || need chromium chromium fonts-dejavu-core
need chromedriver chromium-driver
need firefox-esr firefox-esr
need WebKitWebDriver webkit2gtk-driver gir1.2-webkit2-4.1 python3-gi
need Xvfb xvfb
need orca orca
need dbus-run-session dbus-daemon
[ -x /usr/libexec/at-spi-bus-launcher ] || missing="$missing at-spi2-core"
need mariadbd mariadb-server
need php php-cli php-mysql php-mbstring php-xml
wordpress=/usr/share/wordpress
[ -f $wordpress/wp-load.php ] && [ -f $wordpress/wp-content/languages/fr_FR.mo ] || missing="$missing wordpress wordpress-l10n"
for theme in twentytwentyone twentytwentythree; do
  [ -d $wordpress/wp-content/themes/$theme ] || missing="$missing wordpress-theme-$theme"
done
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installation de ce que les tests demandent (paquets Debian :$missing)…"
  # shellcheck disable=SC2086 # several packages
  if apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
     apt-get install -y -qq --no-install-recommends $missing >/dev/null; then
    exit 0
  fi
fi
echo "Il manque des navigateurs, Orca ou WordPress : leurs tests seront sautés (ceux des deux derniers échouent sous root, qui peut les installer)."
echo "Pour les lancer, installez les paquets (Debian : sudo apt-get install$missing)."

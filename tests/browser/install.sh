#!/bin/sh
# Makes sure that a Chromium is there: from the Debian package when root, else says what to install.
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installation de Chromium (paquet Debian « chromium »)…"
  if apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
     apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null; then
    exit 0
  fi
fi
echo "Aucun navigateur Chromium : les tests du navigateur seront sautés."
echo "Pour les lancer, installez le paquet « chromium » (Debian : sudo apt-get install chromium)."

<?php
/** The French of each text. */

defined('ABSPATH') || exit;

return [
    'Search quotes' => 'Rechercher des citations',
    'Quote, word for word' => 'Citation, mot pour mot',
    'Address of the quote' => 'Adresse de la citation',
    'Theme (last part of its address)' => 'Thème (fin de son adresse)',
    'Speaker (last part of their address)' => 'Intervenant·e (fin de son adresse)',
    'Webinar (last part of its address)' => 'Webinaire (fin de son adresse)',
    'Order: themes, pertinence or date' => 'Ordre : themes, pertinence ou date',
    'Number of answers, 1 to 20' => 'Nombre de réponses, de 1 à 20',
    'Name of the field' => 'Nom du champ',
    'Example in the empty field' => 'Exemple dans le champ vide',
    'Settings' => 'Réglages',
    'set the address of the site first (Settings, Verbathèque).' => 'donnez d’abord l’adresse du site (Réglages, Verbathèque).',
    'paste the address of a quote of %s.' => 'collez l’adresse d’une citation de %s.',
    'this quote is no longer published: visitors are shown nothing here.' => 'cette citation n’est plus publiée : les visiteurs ne voient rien ici.',
    'Give the address of the site, such as https://citations.example.org' => 'Donnez l’adresse du site, par exemple https://citations.exemple.fr',
    'Those of the visitor' => 'Celles du visiteur',
    'Always light' => 'Toujours claires',
    'Always dark' => 'Toujours sombres',
    'Address of the site' => 'Adresse du site',
    'Colours of the frames' => 'Couleurs des cadres',
    'Colour of links and of the focus' => 'Couleur des liens et du focus',
    'That of the theme' => 'Celle du thème',
    'Withdrawn and corrected quotes' => 'Citations retirées ou corrigées',
    'Every hour, this site asks what it keeps again. Whoever asks you to erase a quote need not wait:' => 'Chaque heure, ce site redemande ce qu’il garde. Si l’on vous demande d’effacer une citation, n’attendez pas :',
    'Ask again now' => 'Redemander maintenant',
    'What this site keeps of quotes says again what is published.' => 'Ce que ce site garde des citations est à jour.',
];

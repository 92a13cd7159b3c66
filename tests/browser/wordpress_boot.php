<?php
/** Runs code inside WordPress: php wordpress_boot.php FOLDER CODE. The first time, WordPress is made. */

[, $folder, $code] = $argv;
$_SERVER['HTTP_HOST'] = getenv('WORDPRESS_HOST');
$_SERVER['REQUEST_METHOD'] = 'GET';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
if ('made' === $code) {
    define('WP_INSTALLING', true);
}
require "$folder/wp-load.php";
require_once ABSPATH . 'wp-admin/includes/admin.php';
if ('made' !== $code) {
    eval($code);
    exit;
}
require_once ABSPATH . 'wp-admin/includes/upgrade.php';

function wp_mail() { // nobody is written to
    return true;
}

wp_install('Notre association', 'administrator', 'a@exemple.fr', true, '', 'administrator', 'fr_FR');
$made = [];
foreach (['administrator', 'editor', 'author'] as $role) {
    $person = username_exists($role) ?: wp_insert_user(['user_login' => $role, 'user_pass' => $role, 'role' => $role]);
    update_user_meta($person, 'wp_persisted_preferences', ['core/edit-post' => ['welcomeGuide' => false], '_modified' => gmdate('c')]);
    $made[$role] = WP_Application_Passwords::create_new_application_password($person, ['name' => 'essai'])[0];
}
echo json_encode($made);

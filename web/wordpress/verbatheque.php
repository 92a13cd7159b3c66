<?php
/**
 * Plugin Name: Verbathèque
 * Description: Search a Verbathèque site and show its quotes: blocks, shortcodes and pasted addresses, for every role.
 * Version: 0.2.1
 * Requires at least: 6.1
 * Requires PHP: 7.4
 * Author: L’équipe Verbathèque
 * License: MIT
 * License URI: https://opensource.org/license/mit
 * Text Domain: verbatheque
 */

namespace Verbatheque;

defined('ABSPATH') || exit;

require __DIR__ . '/settings.php';
require __DIR__ . '/quotes.php';
require __DIR__ . '/frames.php';
require __DIR__ . '/pasted.php';

const BLOCKS = [ // name => [title, what it shows, its attributes]
    'recherche' => ['Search quotes', __NAMESPACE__ . '\search', ['theme', 'intervenant', 'webinaire', 'tri', 'max', 'label', 'placeholder']],
    'citation' => ['Quote, word for word', __NAMESPACE__ . '\quote', ['adresse']],
];

add_filter('gettext_verbatheque', function ($translated, $text) {
    static $french;
    $french = $french ?? require __DIR__ . '/francais.php';
    return 0 === strpos(determine_locale(), 'fr') && $translated === $text ? ($french[$text] ?? $text) : $translated;
}, 10, 2);

/** A block and a shortcode each: what is stored is plain, so that no role loses it. */
add_action('init', function () {
    wp_register_script('verbatheque-widget', site() . '/widget.js', [], null, true);
    wp_register_script('verbatheque-cadre', site() . '/cadre.js', [], null, true);
    $needs = ['wp-blocks', 'wp-block-editor', 'wp-components', 'wp-element', 'wp-server-side-render'];
    wp_register_script('verbatheque-blocs', plugins_url('blocs.js', __FILE__), $needs, filemtime(__DIR__ . '/blocs.js'), true);
    wp_localize_script('verbatheque-blocs', 'verbatheque', labels());
    foreach (BLOCKS as $name => [$title, $shown, $attributes]) {
        add_shortcode("verbatheque_$name", fn($given) => $shown(array_intersect_key((array) $given, array_flip($attributes))));
        register_block_type("verbatheque/$name", [
            'api_version' => 2,
            'title' => __($title, 'verbatheque'),
            'category' => 'embed',
            'icon' => 'recherche' === $name ? 'search' : 'format-quote',
            'supports' => ['align' => ['wide', 'full'], 'html' => false],
            'attributes' => array_fill_keys($attributes, ['type' => 'string']),
            'editor_script_handles' => ['verbatheque-blocs'],
            'render_callback' => fn($given) => sprintf('<div %s>%s</div>', get_block_wrapper_attributes(), $shown($given)),
        ]);
    }
});

/** The widget is a module. */
add_filter('script_loader_tag', function ($tag, $handle) {
    return 'verbatheque-widget' === $handle ? str_replace(' src=', ' type="module" src=', $tag) : $tag;
}, 10, 2);

function labels(): array {
    return [
        'adresse' => __('Address of the quote', 'verbatheque'),
        'theme' => __('Theme (last part of its address)', 'verbatheque'),
        'intervenant' => __('Speaker (last part of their address)', 'verbatheque'),
        'webinaire' => __('Webinar (last part of its address)', 'verbatheque'),
        'tri' => __('Order: themes, pertinence or date', 'verbatheque'),
        'max' => __('Number of answers, 1 to 20', 'verbatheque'),
        'label' => __('Name of the field', 'verbatheque'),
        'placeholder' => __('Example in the empty field', 'verbatheque'),
        'reglages' => __('Settings', 'verbatheque'),
    ];
}

/** What is told to those who write, in the editor; visitors are shown nothing. */
function told(string $why): string {
    $is_writing = current_user_can('edit_posts') && (is_preview() || (defined('REST_REQUEST') && REST_REQUEST));
    return $is_writing ? '<p class="verbatheque-avis"><strong>Verbathèque</strong> : ' . esc_html($why) . '</p>' : '';
}

/** The element of the search; inside it, the form that works without any script. */
function search(array $given): string {
    if (!site()) {
        return told(__('set the address of the site first (Settings, Verbathèque).', 'verbatheque'));
    }
    wp_enqueue_script('verbatheque-widget');
    $attributes = $hidden = '';
    foreach (array_filter($given, 'is_string') as $name => $value) {
        $attributes .= in_array($name, BLOCKS['recherche'][2], true) && '' !== $value ? sprintf(' %s="%s"', $name, esc_attr($value)) : '';
        $hidden .= in_array($name, ['theme', 'intervenant', 'webinaire'], true) && '' !== $value
            ? sprintf('<input type="hidden" name="%s" value="%s">', $name, esc_attr($value)) : '';
    }
    return sprintf(
        '<verbatheque-recherche src="%1$s"%2$s%3$s><form action="%1$s/recherche" role="search">%4$s<label>%5$s <input name="q" type="search"></label> <button>%6$s</button></form></verbatheque-recherche>',
        esc_url(site()), $attributes, accent(), $hidden,
        esc_html(($given['label'] ?? '') ?: 'Rechercher une citation'), 'Rechercher'
    );
}

register_activation_hook(__FILE__, fn() => wp_next_scheduled(PURGE) || wp_schedule_event(time(), 'hourly', PURGE));
register_deactivation_hook(__FILE__, fn() => wp_clear_scheduled_hook(PURGE));

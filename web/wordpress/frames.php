<?php
/** Pasted addresses: the site is trusted, its frames have no sandbox and no words are stored. */

namespace Verbatheque;

defined('ABSPATH') || exit;

add_action('init', fn() => site() && wp_oembed_add_provider(site() . '/*', site() . '/oembed'));

function is_ours(string $address): bool {
    return site() && 0 === strpos($address, site() . '/');
}

/** The whole height: no frame is cut, the script follows its content. */
add_filter('oembed_fetch_url', function ($asked, $address) {
    return is_ours($address) ? remove_query_arg(['maxwidth', 'maxheight', 'dnt'], $asked) : $asked;
}, 10, 2);

add_filter('oembed_dataparse', fn($html, $said, $address) => is_ours($address) ? frame($address, (array) $said) : $html, 20, 3);

/** Of the answer: the frame alone, since its words may be withdrawn; "" without one. */
function frame(string $address, array $said): string {
    if (!preg_match('#<iframe[^>]* src="([^"]+)"#', $said['html'] ?? '', $found)) {
        return '';
    }
    $source = html_entity_decode($found[1]);
    return sprintf(
        '<iframe class="verbatheque-cadre" data-adresse="%s" src="%s" title="%s" width="100%%" height="%d" loading="lazy" style="display:block;border:0"></iframe>',
        esc_url($address), esc_url(setting('couleurs') ? add_query_arg('couleurs', setting('couleurs'), $source) : $source),
        esc_attr($said['title'] ?? ''), $said['height'] ?? 0
    );
}

/** Each time one is shown; a feed has the address alone, its readers drop frames. */
add_filter('embed_oembed_html', function ($html, $address) {
    if (!is_ours($address) || false === strpos($html, 'verbatheque-cadre')) {
        return $html;
    }
    wp_enqueue_script('verbatheque-cadre');
    return is_feed() ? sprintf('<p><a href="%1$s">%1$s</a></p>', esc_url($address)) : $html;
}, 10, 2);

add_filter('rest_oembed_ttl', fn($seconds, $address) => is_ours($address) ? HOUR_IN_SECONDS : $seconds, 10, 2);

/** What WordPress keeps of our frames, and of those pasted before this plugin was there. */
function kept_frames(): array {
    global $wpdb;
    $like = '%' . $wpdb->esc_like(esc_url(site() . '/embed')) . '%';
    return $wpdb->get_results($wpdb->prepare("SELECT post_id, meta_key, meta_value FROM $wpdb->postmeta WHERE meta_key LIKE '\\_oembed\\_%%' AND meta_value LIKE %s", $like));
}

function forget_frame(object $kept): void {
    delete_post_meta($kept->post_id, $kept->meta_key);
    clean_post_cache($kept->post_id);
}

function forget_frames(): void {
    array_map(__NAMESPACE__ . '\forget_frame', kept_frames());
}

/** Forget those that the site no longer gives, or gives otherwise: WordPress asks again. */
function purge_frames(): void {
    foreach (kept_frames() as $kept) {
        $address = preg_match('# data-adresse="([^"]+)"#', $kept->meta_value, $found) ? html_entity_decode($found[1]) : '';
        $said = $address ? ask('/oembed?' . http_build_query(['format' => 'json', 'url' => $address])) : [];
        if (null !== $said && frame($address, $said) !== $kept->meta_value) {
            forget_frame($kept);
        }
    }
}

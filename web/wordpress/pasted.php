<?php
/** Codes of the site pasted by roles from which WordPress removes them: what says the same is saved. */

namespace Verbatheque;

defined('ABSPATH') || exit;

/** Just before WordPress filters what such a role saves. */
add_filter('content_save_pre', function ($content) {
    if (!site() || current_user_can('unfiltered_html')) {
        return $content;
    }
    $text = preg_replace_callback(
        '#<verbatheque-(recherche|citation)\b([^>]*)>.*?</verbatheque-\1>#s',
        fn($found) => as_shortcode($found[1], $found[2]),
        wp_unslash($content)
    );
    $own = preg_quote(esc_url(site()), '#');
    $text = preg_replace("#<script[^>]* src=\"$own/[^\"]*\"[^>]*></script>\s*#", '', $text);
    $frame = "#<iframe[^>]* src=\"$own/embed(/[^\"?]*)?(\?[^\"]*)?\"[^>]*></iframe>#";
    return wp_slash(preg_replace_callback($frame, function ($found) {
        return '[embed]' . site() . (($found[1] ?? '') ?: '/recherche') . ($found[2] ?? '') . '[/embed]';
    }, $text));
}, 9);

/** The shortcode of an element: its own attributes, without its content nor its brackets. */
function as_shortcode(string $name, string $attributes): string {
    $given = shortcode_parse_atts($attributes) ?: [];
    $told = '';
    foreach (BLOCKS[$name][2] as $key) {
        $value = $given['adresse' === $key ? 'src' : $key] ?? '';
        $told .= '' !== $value ? sprintf(' %s="%s"', $key, str_replace(['[', ']'], ['&#91;', '&#93;'], esc_attr($value))) : '';
    }
    return "[verbatheque_$name$told]";
}

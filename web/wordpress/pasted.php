<?php
/**
 * Codes of the site that are pasted: what says the same is saved. Of a quote, whoever pastes it, so that its words stay
 * those of the site; of the rest, for roles from which WordPress removes them.
 */

namespace Verbatheque;

defined('ABSPATH') || exit;

/** Just before WordPress filters what a role saves. */
add_filter('content_save_pre', function ($content) {
    if (!site()) {
        return $content;
    }
    $own = preg_quote(esc_url(site()), '#');
    $is_trusted = current_user_can('unfiltered_html');
    $element = $is_trusted ? "(citation)\b([^>]* src=\"$own/[^>]*)" : '(recherche|citation)\b([^>]*)';
    $text = preg_replace_callback(
        "#<verbatheque-$element>.*?</verbatheque-\\1>#s",
        fn($found) => as_shortcode($found[1], $found[2]),
        wp_unslash($content)
    );
    if ($is_trusted) {
        return wp_slash($text);
    }
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

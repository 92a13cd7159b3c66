<?php
/** Quotes: their words are those of the site, kept here and asked again every hour. */

namespace Verbatheque;

defined('ABSPATH') || exit;

const KEPT = 'verbatheque_citations'; // id => what is shown of it; [] once it is withdrawn
const PURGE = 'verbatheque_purge';
const PATIENCE = 5; // seconds

/** What the site says at an address of its own: [] when it says that it has nothing there, null without an answer. */
function ask(string $path): ?array {
    if (get_transient('verbatheque_panne')) {
        return null;
    }
    $answer = wp_safe_remote_get(site() . $path, ['timeout' => PATIENCE]);
    $status = wp_remote_retrieve_response_code($answer);
    $said = json_decode(wp_remote_retrieve_body($answer), true);
    if (200 === $status && is_array($said)) {
        return $said;
    }
    $is_ours = false !== strpos((string) wp_remote_retrieve_header($answer, 'content-type'), 'problem+json');
    if ($is_ours && in_array($status, [404, 410], true)) {
        return [];
    }
    set_transient('verbatheque_panne', 1, MINUTE_IN_SECONDS); // a page must not wait again for nobody
    return null;
}

function ask_quote(string $id): ?array {
    $said = ask("/api/v1/verbatims/$id");
    return $said ? ['text' => (string) $said['text'], 'who' => (string) ($said['speaker'] ?? ''), 'where' => (string) ($said['webinar']['title'] ?? '')] : $said;
}

/** The element of one quote; its words stand in the page, for readers without script and for feeds. */
function quote(array $given): string {
    $address = trim($given['adresse'] ?? '');
    if (!site() || !preg_match('#^' . preg_quote(site(), '#') . '/verbatim/([0-9a-z-]+)(?:[?\#]|$)#', $address, $found)) {
        /* translators: %s: the address of the site */
        return told(sprintf(__('paste the address of a quote of %s.', 'verbatheque'), site() ?: '…'));
    }
    $kept = (array) get_option(KEPT, []);
    if (!isset($kept[$found[1]])) {
        $kept[$found[1]] = ask_quote($found[1]);
        isset($kept[$found[1]]) && update_option(KEPT, $kept, false);
    }
    return shown(site() . "/verbatim/$found[1]", $kept[$found[1]]);
}

function shown(string $page, ?array $said): string {
    if (null === $said) {
        return sprintf('<p><a href="%1$s">%1$s</a></p>', esc_url($page));
    }
    if (!$said) {
        return told(__('this quote is no longer published: visitors are shown nothing here.', 'verbatheque'));
    }
    wp_enqueue_script('verbatheque-widget');
    return sprintf(
        '<verbatheque-citation src="%1$s"%2$s><blockquote cite="%1$s" lang="fr"><p>%3$s</p></blockquote><p><cite><a href="%1$s">%4$s</a></cite></p></verbatheque-citation>',
        esc_url($page), accent(), str_replace("\n", '<br>', esc_html("«\u{a0}{$said['text']}\u{a0}»")),
        esc_html(($said['who'] ?: 'Citation') . ($said['where'] ? ", {$said['where']}" : ''))
    );
}

add_action(PURGE, __NAMESPACE__ . '\purge');

/** Ask again all that is kept; what was withdrawn goes, what was corrected follows. */
function purge(): void {
    delete_transient('verbatheque_panne');
    $kept = (array) get_option(KEPT, []);
    foreach ($kept as $id => $held) {
        $said = ask_quote($id);
        $posts = $said === $held || null === $said ? [] : posts_with("/verbatim/$id");
        $kept[$id] = $said ?? $held;
        array_map('clean_post_cache', $posts); // which caches of pages listen to
    }
    update_option(KEPT, $kept, false);
    purge_frames();
}

/** The posts that hold some text. */
function posts_with(string $text): array {
    global $wpdb;
    $like = '%' . $wpdb->esc_like($text) . '%';
    return array_map('intval', $wpdb->get_col($wpdb->prepare("SELECT ID FROM $wpdb->posts WHERE post_type <> 'revision' AND post_content LIKE %s", $like)));
}

"""A webinar as JSON holds it, and back."""

from dataclasses import astuple
from datetime import date
from typing import Any

from corpus.records import KeyIdea, Speaker, Verbatim, Webinar


def row_of(webinar: Webinar) -> Any:
    """What JSON holds of a webinar."""
    people, ideas = list(webinar.speakers), list(webinar.key_ideas)
    said = [
        (
            each.id,
            each.text,
            each.speaker and people.index(each.speaker),
            each.key_idea and ideas.index(each.key_idea),
            each.start,
        )
        for each in webinar.verbatims
    ]
    days = [day and day.toordinal() for day in (webinar.held_on, webinar.published_on)]
    texts = webinar.id, webinar.title, webinar.url, webinar.replay_url, webinar.introduction
    return texts, days, [*map(astuple, people)], [*map(astuple, ideas)], said


def webinar_of(row: Any) -> Webinar:
    """The webinar that `row_of` wrote."""
    (name, title, url, replay_url, introduction), days, speakers, key_ideas, said = row
    people, ideas = [Speaker(*each) for each in speakers], [KeyIdea(*each) for each in key_ideas]
    held_on, published_on = (day and date.fromordinal(day) for day in days)
    return Webinar(
        name,
        title,
        held_on,
        published_on,
        url,
        replay_url,
        introduction,
        tuple(people),
        tuple(ideas),
        tuple(
            Verbatim(
                key,
                text,
                None if who is None else people[who],
                None if idea is None else ideas[idea],
                start,
            )
            for key, text, who, idea, start in said
        ),
    )

#!/bin/sh
# A reader that takes a mail and never answers.
exec sleep 60

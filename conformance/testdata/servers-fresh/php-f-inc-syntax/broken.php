<?php
function x( {

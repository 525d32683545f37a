/**
 * Configurations of gateways that stand before the runner's edge and know what it knows: whom to believe, how often, how much.
 * From values to values: nothing is asked for and nothing is written.
 */
package dev.memoir.gateway;
